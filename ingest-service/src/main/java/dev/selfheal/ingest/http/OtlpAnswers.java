package dev.selfheal.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.selfheal.ingest.http.BatchResult.RefusedLine;
import dev.selfheal.ingest.http.BatchResult.Summary;
import dev.selfheal.ingest.otlp.Encoding;
import dev.selfheal.ingest.otlp.Signal;
import io.javalin.http.Context;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * As OTLP/HTTP answers, in the encoding of the request. An exporter repeats a request that was answered with 429, and
 * nothing else we answer.
 */
record OtlpAnswers(Signal signal, Encoding encoding) {

    /** The fields of {@code google.rpc.Status}, in which OTLP wants refusals. */
    private static final int STATUS_CODE = 1;

    private static final int STATUS_MESSAGE = 2;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record PartialSuccess(String rejectedLogRecords, String rejectedSpans, String errorMessage) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Response(PartialSuccess partialSuccess) {}

    private record Status(int code, String message) {}

    /** 200 when everything that can be stored is, with the number of what cannot. */
    void done(Context context, Summary summary) {
        if (summary.retryAfter().isPresent()) {
            RateLimitHeaders.put(context, summary.retryAfter().get());
            refuse(context, 429, "not every exception could be stored now; send the request again");
            return;
        }
        int rejected = summary.rejected().size() + summary.unnamed();
        String why = rejected == 0 ? "" : inWords(summary.rejected().get(0));
        switch (encoding) {
            case PROTOBUF -> protobuf(context, 200, response(rejected, why).toByteArray());
            case JSON -> Answers.json(context, 200, new Response(rejected == 0 ? null : partial(rejected, why)));
        }
    }

    void refuse(Context context, RefusedRequestException e) {
        Refusal refusal = e.refusal();
        refuse(
                context,
                e.status(),
                refusal.message() + (refusal.field().isEmpty() ? "" : " (" + refusal.field() + ")"));
    }

    private void refuse(Context context, int httpStatus, String message) {
        switch (encoding) {
            case PROTOBUF -> protobuf(context, httpStatus, status(code(httpStatus), message));
            case JSON -> Answers.json(context, httpStatus, new Status(code(httpStatus), message));
        }
    }

    private String inWords(RefusedLine first) {
        return "the first one, a " + signal.inWords() + ", "
                + (first.field().isEmpty() ? "" : "at " + first.field() + " ") + first.message();
    }

    private MessageLite response(int rejected, String why) {
        return switch (signal) {
            case LOGS -> {
                ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
                if (rejected > 0) {
                    response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(rejected)
                            .setErrorMessage(why));
                }
                yield response.build();
            }
            case TRACES -> {
                ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
                if (rejected > 0) {
                    response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(rejected)
                            .setErrorMessage(why));
                }
                yield response.build();
            }
        };
    }

    private PartialSuccess partial(int rejected, String why) {
        String number = Integer.toString(rejected);
        return signal == Signal.LOGS ? new PartialSuccess(number, null, why) : new PartialSuccess(null, number, why);
    }

    /** {@code google.rpc.Code} for the HTTP status. */
    private static int code(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> 16; // UNAUTHENTICATED
            case 403 -> 7; // PERMISSION_DENIED
            case 413 -> 8; // RESOURCE_EXHAUSTED
            case 429 -> 14; // UNAVAILABLE
            default -> 3; // INVALID_ARGUMENT
        };
    }

    private static byte[] status(int code, String message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeInt32(STATUS_CODE, code);
            out.writeString(STATUS_MESSAGE, message);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void protobuf(Context context, int httpStatus, byte[] body) {
        context.status(httpStatus).contentType("application/x-protobuf").result(body);
    }
}
