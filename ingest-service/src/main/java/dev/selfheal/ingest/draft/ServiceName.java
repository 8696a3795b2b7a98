package dev.selfheal.ingest.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of services as the contract has them. Pure. */
public final class ServiceName {

    private static final int MAX_LENGTH = 63;
    private static final Pattern FORBIDDEN = Pattern.compile("[^a-z0-9._-]++");
    /** A name begins with a letter or digit. */
    private static final Pattern LEADING = Pattern.compile("^[._-]++");

    private ServiceName() {}

    /** The name a sender uses, in the contract's form: {@code Cart Service} is {@code cart-service}; empty when nothing is left. */
    public static Optional<String> normalised(String name) {
        String lower = FORBIDDEN.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        String text = LEADING.matcher(lower).replaceFirst("");
        return Optional.of(text.substring(0, Math.min(MAX_LENGTH, text.length())))
                .filter(kept -> !kept.isEmpty());
    }
}
