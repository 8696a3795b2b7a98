package dev.selfheal.patch.model;

/** The protocols a route can speak. */
public enum WireProtocol {
    /** Anthropic Messages. */
    ANTHROPIC(new AnthropicMessages(), "https://api.anthropic.com"),
    /** OpenAI Chat Completions. */
    OPENAI(new OpenAiChat(), "https://api.openai.com/v1");

    private final Protocol protocol;
    private final String publicUrl;

    WireProtocol(Protocol protocol, String publicUrl) {
        this.protocol = protocol;
        this.publicUrl = publicUrl;
    }

    Protocol onTheWire() {
        return protocol;
    }

    /** Base URL of the protocol's inventor. */
    String publicUrl() {
        return publicUrl;
    }
}
