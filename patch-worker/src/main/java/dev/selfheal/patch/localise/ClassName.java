package dev.selfheal.patch.localise;

/**
 * A binary class name as a frame prints it, split into where its source is.
 *
 * @param packagePath the package with slashes; empty for the unnamed package
 * @param topLevel the top-level class: nested, anonymous, lambda and generated proxy parts cut off
 */
record ClassName(String packagePath, String topLevel) {

    static ClassName of(String binaryName) {
        // `loader/module@version/a.b.C` as StackTraceElement prints it
        String name = binaryName.substring(binaryName.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String simple = name.substring(dot + 1);
        // A leading dollar belongs to the name; a later one starts a nested, anonymous, lambda or proxy class.
        int dollar = simple.indexOf('$', 1);
        return new ClassName(
                dot < 0 ? "" : name.substring(0, dot).replace('.', '/'),
                dollar < 0 ? simple : simple.substring(0, dollar));
    }
}
