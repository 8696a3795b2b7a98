import java.io.*;
class Cart implements Serializable {
}
//// after
import java.io.*;
class Cart implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("not serialisable");
    }
}
