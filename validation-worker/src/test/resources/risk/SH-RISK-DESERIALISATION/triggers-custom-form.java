import java.io.*;
class Cart implements Serializable {
    private int total;
}
//// after
import java.io.*;
class Cart implements Serializable {
    private int total;
    private void readObject(ObjectInputStream in) throws IOException {
        total = in.readInt();
    }
}
