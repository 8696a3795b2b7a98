package dev.selfheal.patch.model;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an answer's body up to a bound; past it the exchange is cancelled and fails with {@link TooLongException}. */
final class BoundedBody implements BodySubscriber<byte[]> {

    /** The answer is longer than the bound. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(long bound) {
            super("the answer is longer than " + bound + " bytes");
        }
    }

    private final BodySubscriber<byte[]> collector = BodySubscribers.ofByteArray();
    private final long bound;
    private Flow.Subscription subscription;
    private long received;

    private BoundedBody(long bound) {
        this.bound = bound;
    }

    static BodyHandler<byte[]> handler(long bound) {
        return head -> new BoundedBody(bound);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collector.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        collector.onSubscribe(upstream);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            received += buffer.remaining();
        }
        if (received > bound) {
            subscription.cancel();
            collector.onError(new TooLongException(bound));
        } else {
            collector.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        collector.onError(failure);
    }

    @Override
    public void onComplete() {
        collector.onComplete();
    }
}
