package dev.selfheal.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A Dead Simple Signing Envelope (DSSE 1.0.2): a payload, its type, and signatures over both.
 *
 * @param payloadType media type of the payload
 */
record Dsse(String payloadType, byte[] payload, List<Signed> signatures) {

    /**
     * @param keyId a hint; it is not signed
     */
    record Signed(String keyId, byte[] signature) {}

    Dsse {
        payload = payload.clone();
        signatures = List.copyOf(signatures);
    }

    static Dsse sign(String payloadType, byte[] payload, SigningKey key) {
        byte[] signature = key.sign(preAuthenticationEncoding(payloadType, payload));
        return new Dsse(payloadType, payload, List.of(new Signed(key.keyId(), signature)));
    }

    /**
     * @throws MalformedAttestationException when the text is no envelope
     */
    static Dsse parse(String json) throws MalformedAttestationException {
        try {
            JsonNode node = Json.readStrictly(json.getBytes(StandardCharsets.UTF_8));
            List<Signed> signatures = new ArrayList<>();
            for (JsonNode one : Json.required(node, "signatures")) {
                signatures.add(new Signed(one.path("keyid").asText(), base64(Json.text(one, "sig"))));
            }
            if (signatures.isEmpty()) {
                throw new MalformedAttestationException("no DSSE envelope: it has no signature");
            }
            return new Dsse(Json.text(node, "payloadType"), base64(Json.text(node, "payload")), signatures);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MalformedAttestationException("no DSSE envelope: " + e.getMessage(), e);
        }
    }

    String toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("payloadType", payloadType);
        node.put("payload", Base64.getEncoder().encodeToString(payload));
        for (Signed one : signatures) {
            node.withArray("signatures")
                    .addObject()
                    .put("keyid", one.keyId())
                    .put("sig", Base64.getEncoder().encodeToString(one.signature()));
        }
        return node.toString();
    }

    /** The bytes that are signed. */
    byte[] signedBytes() {
        return preAuthenticationEncoding(payloadType, payload);
    }

    /** PAE: {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}, lengths in bytes. */
    static byte[] preAuthenticationEncoding(String type, byte[] body) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("DSSEv1 " + typeBytes.length + " " + type + " " + body.length + " ").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** DSSE allows both alphabets. */
    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
