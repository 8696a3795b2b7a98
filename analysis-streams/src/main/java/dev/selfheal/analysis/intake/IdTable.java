package dev.selfheal.analysis.intake;

/** A set of 128-bit digests in 16 bytes each and what hashing needs to spare; twice that just after it has grown. */
final class IdTable {

    private static final int LEAST_SLOTS = 64;

    /** High and low halves in turns; a slot whose halves are both 0 is free. The length is a power of two. */
    private long[] halves = new long[2 * LEAST_SLOTS];

    private int size;

    boolean contains(long high, long low) {
        int slot = slotOf(halves, high, low);
        return (halves[slot] | halves[slot + 1]) != 0;
    }

    /** Adds what is not in it yet. */
    void add(long high, long low) {
        if (8 * (size + 1) > 3 * halves.length) { // three quarters of the slots
            grow();
        }
        put(halves, high, low);
        size++;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[2 * halves.length];
        for (int slot = 0; slot < halves.length; slot += 2) {
            if ((halves[slot] | halves[slot + 1]) != 0) {
                put(larger, halves[slot], halves[slot + 1]);
            }
        }
        halves = larger;
    }

    private static void put(long[] halves, long high, long low) {
        int slot = slotOf(halves, high, low);
        halves[slot] = high;
        halves[slot + 1] = low;
    }

    /** Where it is, or the free slot where it belongs. A digest is as good a hash as any. */
    private static int slotOf(long[] halves, long high, long low) {
        int mask = halves.length - 2;
        int slot = (int) low << 1 & mask;
        while ((halves[slot] | halves[slot + 1]) != 0 && (halves[slot] != high || halves[slot + 1] != low)) {
            slot = slot + 2 & mask;
        }
        return slot;
    }
}
