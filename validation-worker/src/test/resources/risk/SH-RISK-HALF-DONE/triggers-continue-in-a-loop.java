class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        for (Item item : items) { item.reserved++; item.order.lines.add(item); }
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        for (Item item : items) { item.reserved++; if (item.order == null) continue; item.order.lines.add(item); }
    }
}
