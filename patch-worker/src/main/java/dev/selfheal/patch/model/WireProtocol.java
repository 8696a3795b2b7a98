package dev.selfheal.patch.model;

/** The protocols a route can speak. */
public enum WireProtocol {
    /** Anthropic Messages. */
    ANTHROPIC("https://api.anthropic.com"),
    /** OpenAI Chat Completions. */
    OPENAI("https://api.openai.com/v1");

    private final String publicUrl;

    WireProtocol(String publicUrl) {
        this.publicUrl = publicUrl;
    }

    Protocol onTheWire() {
        return switch (this) {
            case ANTHROPIC -> new AnthropicMessages();
            case OPENAI -> new OpenAiChat();
        };
    }

    /** Base URL of the protocol's inventor. */
    String publicUrl() {
        return publicUrl;
    }
}
