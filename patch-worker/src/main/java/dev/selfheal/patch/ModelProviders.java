package dev.selfheal.patch;

import dev.selfheal.patch.model.ModelGateway;
import dev.selfheal.patch.model.RouteSettings;
import dev.selfheal.patch.prompt.PromptBuilder;
import dev.selfheal.patch.template.PatchIdentity;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the providers that ask models: one per route, and one for all routes together. */
final class ModelProviders {

    /** All routes together, the load spread over them. */
    static final String ALL = "models";

    /** Names of providers that no route may take. */
    static final Set<String> RESERVED = Set.of(ALL, TemplateProvider.NAME);

    private ModelProviders() {}

    static List<PatchProvider> of(
            List<RouteSettings> routes,
            ModelGateway gateway,
            PromptBuilder prompts,
            PatchIdentity identity,
            Clock clock) {
        Set<String> names = routes.stream().map(RouteSettings::name).collect(Collectors.toSet());
        PromptSources sources = new PromptSources();
        List<PatchProvider> providers = new ArrayList<>();
        for (String name : names) {
            providers.add(new ModelProvider(name, Set.of(name), gateway, sources, prompts, identity, clock));
        }
        if (!names.isEmpty()) {
            providers.add(new ModelProvider(ALL, names, gateway, sources, prompts, identity, clock));
        }
        return providers;
    }
}
