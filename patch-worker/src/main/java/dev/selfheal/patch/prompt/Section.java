package dev.selfheal.patch.prompt;

/** One quoted part of a prompt. */
record Section(String title, String text) {

    private static final String CUT = "\n[cut here]";

    /** Characters that title and marks add at most to the text. */
    private static final int FRAME = 80;

    int length() {
        return title.length() + text.length() + FRAME;
    }

    /** Its beginning, at most so long in all. */
    Section cutTo(int characters) {
        int room = Math.max(0, characters - title.length() - FRAME - CUT.length());
        return new Section(title, text.substring(0, Math.min(room, text.length())) + CUT);
    }
}
