package dev.selfheal.ingest.grouping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configured prefixes of each service's own packages. Immutable. */
public final class InAppPackages {

    private final List<String> everywhere;
    private final Map<String, List<String>> byService;

    private InAppPackages(List<String> everywhere, Map<String, List<String>> byService) {
        this.everywhere = List.copyOf(everywhere);
        this.byService = Map.copyOf(byService);
    }

    /**
     * @param entries {@code prefix} for all services, or {@code service=prefix}; several entries for one service add up
     * @throws IllegalArgumentException naming the entry that is neither
     */
    public static InAppPackages parse(List<String> entries) {
        List<String> everywhere = new ArrayList<>();
        Map<String, List<String>> byService = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String prefix = entry.substring(equals + 1).strip();
            String service = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (prefix.isEmpty() || equals == 0) {
                throw new IllegalArgumentException("'" + entry + "' is neither a package prefix nor service=prefix");
            }
            (equals < 0 ? everywhere : byService.computeIfAbsent(service, s -> new ArrayList<>())).add(prefix);
        }
        return new InAppPackages(everywhere, byService);
    }

    /** The service's prefixes, else those for all services; empty when the own code has to be inferred. */
    public List<String> of(String service) {
        return byService.getOrDefault(service, everywhere);
    }
}
