package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;

/** Identity of syntax tree nodes: {@link Node#equals} compares structure, and the same text may stand in two places. */
final class Nodes {

    private Nodes() {}

    /** True when both are one node of the tree. */
    @SuppressWarnings("ReferenceEquality")
    static boolean same(Node one, Node other) {
        return one == other;
    }

    /** True when the node is the outer one or stands inside it. */
    static boolean within(Node node, Node outer) {
        return same(node, outer) || outer.isAncestorOf(node);
    }
}
