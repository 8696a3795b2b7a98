package dev.selfheal.scrub;

/** The check digit of payment card numbers (ISO/IEC 7812-1). */
final class Luhn {

    private Luhn() {}

    /** True when the text's digits, other characters left out, end in the right check digit. */
    static boolean isValid(String text) {
        int sum = 0;
        boolean twice = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                continue;
            }
            int part = twice ? digit * 2 : digit;
            sum += part > 9 ? part - 9 : part;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
