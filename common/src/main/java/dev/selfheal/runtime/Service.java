package dev.selfheal.runtime;

/** One deployable service. Not started by its constructor; started once; closing is idempotent and bounded in time. */
public interface Service extends AutoCloseable {

    /** For example {@code patch-worker}. */
    String name();

    /** Returns when the service is ready to work. */
    void start();

    /** Cheap; called by the health endpoint. */
    Health health();

    @Override
    void close();
}
