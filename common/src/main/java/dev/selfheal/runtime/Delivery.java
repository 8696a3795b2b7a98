package dev.selfheal.runtime;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The end of one consumed record: what it is answered with, and that it is done, become visible together or not at all. */
@FunctionalInterface
interface Delivery {

    /**
     * Returns when both are committed.
     *
     * @param answers may be none
     * @throws org.apache.kafka.common.errors.RecordTooLargeException when one of them is; nothing of it is visible then
     * @throws InterruptedException when told to stop; whether the record is done is then for its next owner to find out
     */
    void complete(List<ProducerRecord<byte[], byte[]>> answers) throws InterruptedException;
}
