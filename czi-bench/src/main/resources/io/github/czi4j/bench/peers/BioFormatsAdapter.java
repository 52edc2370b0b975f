import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.formats.FormatTools;
import loci.formats.ImageReader;

/** Bio-Formats as a peer (docs/peers.md): started as a source file with bioformats_package.jar on the class path. */
public final class BioFormatsAdapter {
    private ImageReader reader;

    private BioFormatsAdapter() {}

    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        answers.println("{\"protocol\":1,\"name\":\"Bio-Formats\",\"version\":\"" + FormatTools.VERSION + "\"}");
        BioFormatsAdapter adapter = new BioFormatsAdapter();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = requests.readLine();
        while (line != null && !line.contains("\"do\":\"quit\"")) {
            try {
                answers.println(line.contains("\"do\":\"open\"") ? adapter.open(line) : adapter.read(line));
            } catch (UnsupportedOperationException e) {
                answers.println("{\"unsupported\":\"" + quoted(e.getMessage()) + "\"}");
            } catch (Exception | LinkageError e) {
                answers.println("{\"error\":\"" + quoted(e.toString()) + "\"}");
            }
            line = requests.readLine();
        }
    }

    private static String quoted(String text) {
        return String.valueOf(text).replaceAll("[\"\\\\\\p{Cntrl}]", " ");
    }

    private String open(String request) throws Exception {
        Matcher file = Pattern.compile("\"file\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(request);
        if (!file.find()) {
            throw new IllegalArgumentException("no file");
        }
        long begun = System.nanoTime();
        reader = new ImageReader();
        reader.setFlattenedResolutions(false);
        reader.setId(unescaped(file.group(1)));
        return "{\"seconds\":" + (System.nanoTime() - begun) / 1e9 + "}";
    }

    private static String unescaped(String text) {
        Matcher escape = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))").matcher(text);
        StringBuilder plain = new StringBuilder();
        while (escape.find()) {
            String character = escape.group(1) == null
                    ? escape.group(2)
                    : String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            escape.appendReplacement(plain, Matcher.quoteReplacement(character));
        }
        return escape.appendTail(plain).toString();
    }

    /** The number behind a name in an object, or what else where it is missing or null. */
    private static int number(String request, String name, int otherwise) {
        Matcher value = Pattern.compile("\"" + name + "\":(-?\\d+)").matcher(request);
        return value.find() ? Integer.parseInt(value.group(1)) : otherwise;
    }

    private static List<int[]> rectangles(String request, String name, int length) {
        Matcher list = Pattern.compile("\"" + name + "\":(\\[[-\\d,\\[\\]]*\\])").matcher(request);
        List<int[]> rectangles = new ArrayList<>();
        if (list.find()) {
            Matcher values = Pattern.compile("-?\\d+").matcher(list.group(1));
            int[] rectangle = new int[length];
            int count = 0;
            while (values.find()) {
                rectangle[count++] = Integer.parseInt(values.group());
                if (count == length) {
                    rectangles.add(rectangle);
                    rectangle = new int[length];
                    count = 0;
                }
            }
        }
        return rectangles;
    }

    private String read(String request) throws Exception {
        if (number(request, "threads", 1) != 1) {
            throw new UnsupportedOperationException("a reader of Bio-Formats serves one thread");
        }
        int scene = number(request, "scene", -1);
        if (scene < 0 && number(request, "scenes", 1) > 1) {
            throw new UnsupportedOperationException("Bio-Formats has each scene as an image of its own");
        }
        reader.setSeries(Math.max(0, scene));
        int plane = reader.getIndex(
                number(request, "Z", 0) - number(request, "firstZ", 0),
                number(request, "C", 0) - number(request, "firstC", 0),
                number(request, "T", 0) - number(request, "firstT", 0));
        int[] origin = rectangles(request, "origin", 2).get(0);
        List<int[]> regions = rectangles(request, "regions", 4);
        List<byte[]> pixels = new ArrayList<>();
        StringBuilder spent = new StringBuilder();
        com.sun.management.OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        for (int[] region : regions) {
            long started = System.nanoTime();
            pixels.add(
                    reader.openBytes(plane, region[0] - origin[0], region[1] - origin[1], region[2], region[3]));
            spent.append(spent.length() == 0 ? "" : ",").append((System.nanoTime() - started) / 1e9);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        StringBuilder hashes = new StringBuilder();
        for (byte[] one : pixels) {
            hashes.append(hashes.length() == 0 ? "\"" : ",\"").append(digest(stored(one))).append('"');
        }
        return "{\"seconds\":" + seconds + ",\"cpuSeconds\":" + cpuSeconds + ",\"regionSeconds\":[" + spent
                + "],\"hashes\":[" + hashes + "]}";
    }

    /** In the order of the file: little-endian samples, colour interleaved as B, G, R. */
    private byte[] stored(byte[] pixels) {
        int bytes = FormatTools.getBytesPerPixel(reader.getPixelType());
        int channels = reader.getRGBChannelCount();
        int count = pixels.length / bytes / channels;
        byte[] result = new byte[pixels.length];
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                int from = (reader.isInterleaved() ? i * channels + c : c * count + i) * bytes;
                int to = (i * channels + (channels == 3 ? 2 - c : c)) * bytes;
                for (int b = 0; b < bytes; b++) {
                    result[to + b] = pixels[from + (reader.isLittleEndian() ? b : bytes - 1 - b)];
                }
            }
        }
        return result;
    }

    private static String digest(byte[] bytes) throws Exception {
        StringBuilder hex = new StringBuilder("sha256:");
        for (byte b : MessageDigest.getInstance("SHA-256").digest(bytes)) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }
}
