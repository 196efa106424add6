package dev.thalweg;

import dev.thalweg.spi.error.InvalidQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/// Objects as the bytes that Java writes of them.
final class SerializedValues {
    private SerializedValues() {}

    static byte[] write(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new InvalidQuery("THW-4282", "An object of " + object.getClass().getName()
                    + " cannot be serialized: " + e
                    + ".\nLet it, and all it holds, implement java.io.Serializable, or use"
                    + " Encoders.bean(…).", e);
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes, Class<?> type) {
        try (ObjectInputStream in = new ClassInput(new ByteArrayInputStream(bytes), type.getClassLoader())) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            throw new InvalidQuery("THW-4282", "An object of " + type.getName()
                    + " cannot be read from what a checkpoint keeps of it: " + e
                    + ".\nStart with the class that wrote it, or"
                    + " from a new checkpoint.", e);
        }
    }

    /// Finds classes where the program's own come from.
    private static final class ClassInput extends ObjectInputStream {
        private final ClassLoader loader;

        ClassInput(InputStream bytes, ClassLoader loader) throws IOException {
            super(bytes);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // a primitive
            }
        }
    }
}
