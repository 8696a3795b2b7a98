package dev.selfheal.ingest.topic;

import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Takes the secrets out of a value that becomes a dead letter: the letter is kept longer than the value was, and is read by
 * people. All other bytes stay, and JSON stays JSON, so that a letter that was mended can be sent again. Thread-safe.
 */
final class ScrubbedLetter implements UnaryOperator<byte[]> {

    private final Scrubber scrubber;
    private final JsonText json;
    private final IngestMeters meters;

    ScrubbedLetter(Scrubber scrubber, IngestMeters meters) {
        this.scrubber = scrubber;
        this.json = new JsonText(scrubber);
        this.meters = meters;
    }

    @Override
    public byte[] apply(byte[] value) {
        ScrubCount count = new ScrubCount();
        byte[] scrubbed;
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            scrubbed = scrub(text.toString(), count).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            scrubbed = ofBytes(value, count);
        }
        meters.scrubbed(count.byKind());
        return scrubbed;
    }

    /** In Latin-1 each byte is a character, and each character the same byte again. */
    private byte[] ofBytes(byte[] value, ScrubCount count) {
        Charset latin = StandardCharsets.ISO_8859_1;
        return scrub(new String(value, latin), count).getBytes(latin);
    }

    private String scrub(String text, ScrubCount count) {
        String scrubbed = json.scrub(text, count);
        // Where no string can be told from another, secrets are looked for across them too.
        return JsonText.isJson(text) ? scrubbed : scrubber.scrub(scrubbed, count);
    }
}
