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
     * @param missingPartitions that none works on now, or that cannot be asked for
     * @param addressShared whether another instance advertises this one's address, so that it cannot be asked
     */
    record Holders(List<HostInfo> instances, int missingPartitions, boolean addressShared) {}

    /** Why another instance cannot be asked although it is there. */
    String SHARED = "another instance advertises this address too, and cannot be asked: set "
            + QuerySettings.ADVERTISED_URL + " of each to where the others reach it";

    /** This one. */
    HostInfo self();

    /** The instance whose task has the key in this store. */
    HostInfo ownerOf(Cut cut, String key);

    Holders holdersOf(Cut cut);

    /** As it stands in a URL. */
    static String name(HostInfo instance) {
        String host = instance.host().indexOf(':') < 0 ? instance.host() : "[" + instance.host() + "]";
        return host + ":" + instance.port();
    }
}
