class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        StringBuilder text = new StringBuilder();
        text.append(source);
        target.show(text);
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        StringBuilder text = new StringBuilder();
        text.append(source);
        if (target == null) { return; }
        target.show(text);
    }
}
