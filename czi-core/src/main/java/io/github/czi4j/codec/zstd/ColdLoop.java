package io.github.czi4j.codec.zstd;

/**
 * Has a loop called for a few rounds at a time as long as it is new. HotSpot compiles what is called some hundred times long
 * before what goes around in one call, which would be interpreted for a whole tile; and it then need not compile the loop twice,
 * once as it runs and once for the next call.
 *
 * <p>One for each loop of the process. Nobody minds if threads count past each other.
 */
public final class ColdLoop {
    /** So many calls are enough: the compiler is done by then. */
    private static final int CALLS = 4000;

    private final int rounds;
    private int callsLeft = CALLS;

    /**
     * A loop that never ran.
     *
     * @param rounds of a call as long as it is new; few enough that a hundred calls are a small part of a tile
     */
    public ColdLoop(int rounds) {
        this.rounds = rounds;
    }

    /**
     * How many rounds to go around in one call.
     *
     * @param all what is left to do
     * @return that, or fewer
     */
    public int atMost(int all) {
        if (callsLeft <= 0) {
            return all;
        }
        callsLeft--;
        return Math.min(rounds, all);
    }
}
