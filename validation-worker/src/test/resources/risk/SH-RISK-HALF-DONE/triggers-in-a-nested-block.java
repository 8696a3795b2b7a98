class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        pending = true;
        try { send(target); } finally { clean(); }
    }
}
//// after
class A {
    void a(Account source, Account target, java.util.List<Item> items) {
        pending = true;
        try { if (target == null) { return; } send(target); } finally { clean(); }
    }
}
