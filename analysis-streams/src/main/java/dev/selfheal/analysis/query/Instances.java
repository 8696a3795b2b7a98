package dev.selfheal.analysis.query;

import java.util.List;
import org.apache.kafka.streams.state.HostInfo;

/** Which instance of the analysis holds what. Fails with {@link QueryException} while nobody knows. */
interface Instances {

    /**
     * A store and how it is cut over the instances.
     *
     * @param topic by whose partitions it is cut
     * @param partitions of that topic
     */
    record Cut(String store, String topic, int partitions) {}

    /**
     * @param instances that hold a part
     * @param missingPartitions that none works on now
     */
    record Holders(List<HostInfo> instances, int missingPartitions) {}

    /** This one. */
    HostInfo self();

    /** The instance whose task has the key in this store. */
    HostInfo ownerOf(String store, String key);

    Holders holdersOf(Cut cut);

    /** As it stands in a URL. */
    static String name(HostInfo instance) {
        String host = instance.host().indexOf(':') < 0 ? instance.host() : "[" + instance.host() + "]";
        return host + ":" + instance.port();
    }
}
