class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        count = 0;
        for (Item item : items) { item.order.lines.add(item); }
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        count = 0;
        for (Item item : items) { if (item.order == null) continue; item.order.lines.add(item); }
    }
}
