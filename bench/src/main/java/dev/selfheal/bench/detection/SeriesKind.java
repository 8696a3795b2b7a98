package dev.selfheal.bench.detection;

import dev.selfheal.bench.detection.LabelledSeries.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Kinds of series operators watch, modelled on the families of the Numenta Anomaly Benchmark (Lavin and Ahmad, 2015), with
 * anomalies put in at known rows. Sizes, scales and places differ with each seed.
 */
enum SeriesKind {
    /** A plateau each working day; one day it is higher, lower, missing or half as long. */
    DAILY_PLATEAU(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double low = noise.uniform(5, 30);
            double high = low + noise.uniform(30, 80);
            double deviation = (high - low) * noise.uniform(0.02, 0.08);
            int day = noise.integer(7, 13);
            int what = noise.integer(0, 4);
            for (int i = 0; i < draft.rows(); i++) {
                int slot = i % 288;
                boolean up = slot >= 108 && slot < 216;
                boolean odd = i / 288 == day;
                double plateau = odd && what == 0 ? high + 0.6 * (high - low) : high;
                boolean really =
                        up && !(odd && (what == 1 || what == 2 && slot < 150)) || odd && what == 3 && slot < 60;
                draft.set(i, (really ? plateau : low) + noise.gaussian(deviation));
            }
            draft.anomaly(day * 288 + (what == 3 ? 0 : 108));
        }
    },
    /** Noise round a level that shifts for good, and one tall spike. */
    SHIFTED_LEVEL(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double level = noise.uniform(-50, 200);
            double deviation = noise.uniform(0.5, 10);
            int shift = draft.place(noise, 0, 2);
            int spike = draft.place(noise, 1, 2);
            double step = deviation * noise.uniform(3, 8) * (noise.chance(0.5) ? 1 : -1);
            for (int i = 0; i < draft.rows(); i++) {
                draft.set(i, level + (i >= shift ? step : 0) + noise.gaussian(deviation));
            }
            draft.add(spike, deviation * noise.uniform(8, 15) * (noise.chance(0.5) ? 1 : -1));
            draft.anomaly(shift);
            draft.anomaly(spike);
        }
    },
    /** Heavy-tailed traffic with a batch job every few hours; one burst is far larger and longer. */
    BURSTY_NETWORK(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double scale = Math.pow(10, noise.uniform(2, 7));
            double sigma = noise.uniform(0.2, 0.5);
            int period = noise.integer(24, 80);
            int burst = draft.place(noise, 0, 1);
            for (int i = 0; i < draft.rows(); i++) {
                double batch = i % period < 2 ? noise.uniform(4, 7) : 1;
                boolean odd = i >= burst && i < burst + 15;
                draft.set(i, scale * batch * noise.logNormal(sigma) + (odd ? scale * noise.uniform(15, 30) : 0));
            }
            draft.anomaly(burst);
        }
    },
    /** Mostly idle with lone spikes; for a day they come six times as often. */
    SPIKE_DENSITY(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double height = noise.uniform(10, 100);
            double rate = noise.uniform(0.01, 0.03);
            int denser = draft.place(noise, 0, 1);
            for (int i = 0; i < draft.rows(); i++) {
                boolean odd = i >= denser && i < denser + 200;
                boolean spike = noise.chance(odd ? Math.min(0.5, 8 * rate) : rate);
                draft.set(i, spike ? height * noise.uniform(0.8, 1.2) : noise.uniform(0, 0.05) * height);
            }
            draft.anomaly(denser);
        }
    },
    /** A temperature that wanders; a slow precursor, then deep dips. */
    MACHINE_TEMPERATURE(8000, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double at = 0;
            int[] dips = {draft.place(noise, 0, 3), draft.place(noise, 1, 3), draft.place(noise, 2, 3)};
            double deviation = noise.uniform(0.3, 1);
            for (int i = 0; i < draft.rows(); i++) {
                at = 0.995 * at + noise.gaussian(deviation);
                draft.set(i, 85 + at);
            }
            for (int dip : dips) {
                double depth = deviation * noise.uniform(30, 60);
                int length = noise.integer(40, 150);
                for (int i = 0; i < length; i++) {
                    draft.add(dip + i, -depth * Math.min(1, i / 12.0) * (1 - (double) i / length));
                }
                draft.anomaly(dip);
            }
        }
    },
    /** Demand with a daily and a weekly course; holidays, an event and a storm break it. */
    TAXI_DEMAND(8000, 30) {
        @Override
        void fill(Draft draft, Noise noise) {
            double scale = noise.uniform(20, 15000);
            int[] days = {
                draft.place(noise, 0, 3) / 48 * 48,
                draft.place(noise, 1, 3) / 48 * 48,
                draft.place(noise, 2, 3) / 48 * 48
            };
            double[] strength = {noise.uniform(0.3, 0.5), noise.uniform(1.5, 1.8), noise.uniform(0.1, 0.3)};
            for (int i = 0; i < draft.rows(); i++) {
                double hour = (i % 48) / 2.0;
                boolean weekend = i / 48 % 7 >= 5;
                double course = 1.1
                        + Math.sin((hour - (weekend ? 12 : 9)) * Math.PI / 12) * 0.7
                        + (weekend ? 0 : 0.3 * Math.exp(-Math.pow(hour - 8, 2) / 2));
                double value = scale * course * (1 + noise.gaussian(0.05));
                for (int d = 0; d < days.length; d++) {
                    value *= i >= days[d] && i < days[d] + 48 ? strength[d] : 1;
                }
                draft.set(i, value);
            }
            for (int day : days) {
                draft.anomaly(day);
            }
        }
    },
    /** Mentions of a company: over-dispersed counts with a daily course; news makes them surge and fade. */
    TWEET_VOLUME(8000, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double mean = noise.uniform(5, 60);
            double dispersion = noise.uniform(2, 12);
            int[] news = {draft.place(noise, 0, 2), draft.place(noise, 1, 2)};
            double surge = noise.uniform(6, 15);
            for (int i = 0; i < draft.rows(); i++) {
                double rate = mean * (1 + 0.6 * Math.sin(i * 2 * Math.PI / 288));
                for (int n : news) {
                    rate += i >= n && i < n + 60 ? mean * surge * Math.exp(-(i - n) / 20.0) : 0;
                }
                draft.set(i, noise.overDispersed(rate, dispersion) * (noise.chance(0.002) ? 3 : 1));
            }
            for (int n : news) {
                draft.anomaly(n);
            }
        }
    },
    /** Prices of ad space by the hour: skewed noise, two prices out of all proportion. */
    AD_PRICE(1600, 60) {
        @Override
        void fill(Draft draft, Noise noise) {
            double price = noise.uniform(0.05, 2);
            double sigma = noise.uniform(0.15, 0.35);
            for (int i = 0; i < draft.rows(); i++) {
                draft.set(i, price * noise.logNormal(sigma) * (1 + 0.1 * Math.sin(i * Math.PI / 12)));
            }
            for (int k = 0; k < 2; k++) {
                int at = draft.place(noise, k, 2);
                draft.set(at, price * noise.uniform(4.5, 9));
                draft.anomaly(at);
            }
        }
    },
    /** Latency: skewed noise; it gets noisier and slower for half a day. */
    REQUEST_LATENCY(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double base = noise.uniform(5, 300);
            double spread = base * noise.uniform(0.02, 0.1);
            int slow = draft.place(noise, 0, 1);
            double factor = noise.uniform(4, 8);
            for (int i = 0; i < draft.rows(); i++) {
                boolean odd = i >= slow && i < slow + 120;
                draft.set(i, base + spread * noise.gamma(2) * (odd ? factor : 1));
            }
            draft.anomaly(slow);
        }
    },
    /** Requests with a daily course; an outage takes most of them away. */
    REQUEST_OUTAGE(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double mean = noise.uniform(60, 400);
            int outage = draft.place(noise, 0, 1);
            for (int i = 0; i < draft.rows(); i++) {
                double rate = mean * (1 + 0.5 * Math.sin(i * 2 * Math.PI / 288));
                boolean out = i >= outage && i < outage + 24;
                draft.set(i, noise.overDispersed(out ? rate * 0.1 : rate, 3));
            }
            draft.anomaly(outage);
        }
    },
    /** Speed on a road, sampled when cars pass: rush hours, and a jam at the wrong time. */
    IRREGULAR_TRAFFIC(2500, 0) {
        @Override
        void fill(Draft draft, Noise noise) {
            int jam = draft.place(noise, 0, 1);
            long time = 0;
            double lasting = 0;
            for (int i = 0; i < draft.rows(); i++) {
                time += (long) (60_000 * (3 + noise.exponential(5)));
                draft.at(i, time);
                double hour = time % 86_400_000L / 3_600_000.0;
                double rush = Math.exp(-Math.pow(hour - 8, 2)) + Math.exp(-Math.pow(hour - 17, 2));
                lasting = i == jam ? 30 : lasting - 1;
                draft.set(i, 65 - 15 * rush - (lasting > 0 ? 38 : 0) + noise.gaussian(3));
            }
            draft.anomaly(jam);
        }
    },
    /** A constant that steps between a few levels each day at the same time: nothing is wrong. */
    SQUARE_WAVE(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double high = noise.uniform(1, 100);
            for (int i = 0; i < draft.rows(); i++) {
                draft.set(i, i % 288 < 120 ? high : 0);
            }
        }
    },
    /** Pure noise of some shape: nothing is wrong. */
    PLAIN_NOISE(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            int shape = noise.integer(0, 4);
            double scale = Math.pow(10, noise.uniform(-6, 6));
            for (int i = 0; i < draft.rows(); i++) {
                double value = switch (shape) {
                    case 0 -> noise.gaussian(1);
                    case 1 -> noise.uniform(-1, 1);
                    case 2 -> noise.exponential(1);
                    default -> noise.logNormal(0.6);
                };
                draft.set(i, scale * value);
            }
        }
    },
    /** A sensor that gets stuck at its last value. */
    STUCK_SENSOR(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            int stuck = draft.place(noise, 0, 1);
            double at = 0;
            for (int i = 0; i < draft.rows(); i++) {
                at = i >= stuck && i < stuck + 150 ? at : 0.8 * at + noise.gaussian(1);
                draft.set(i, 20 + at);
            }
            draft.anomaly(stuck);
        }
    },
    /** Processor load that is low with short jobs at any time; one job runs away. */
    RUNAWAY_JOB(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            double idle = noise.uniform(1, 10);
            int runaway = draft.place(noise, 0, 1);
            int left = 0;
            for (int i = 0; i < draft.rows(); i++) {
                left = left > 0 ? left - 1 : noise.chance(0.01) ? noise.integer(1, 6) : 0;
                boolean odd = i >= runaway && i < runaway + 60;
                double job = odd ? 92 : left > 0 ? noise.uniform(20, 45) : 0;
                draft.set(i, Math.min(100, idle + job) + noise.gaussian(idle * 0.1));
            }
            draft.anomaly(runaway);
        }
    },
    /** Memory that grows and is freed each few hours; once it is not freed in time. */
    SAWTOOTH_MEMORY(4032, 5) {
        @Override
        void fill(Draft draft, Noise noise) {
            int period = noise.integer(40, 120);
            int leak = draft.place(noise, 0, 1) / period * period;
            double step = noise.uniform(0.2, 2);
            for (int i = 0; i < draft.rows(); i++) {
                boolean odd = i >= leak && i < leak + 2 * period;
                double phase = odd ? period + (i - leak) : i % period;
                draft.set(i, 30 + step * phase + noise.gaussian(step));
            }
            draft.anomaly(leak);
        }
    };

    /** Share of a series' rows its windows take together, as in the benchmark. */
    private static final double WINDOW_SHARE = 0.1;

    private final int rows;
    private final int minutes;

    SeriesKind(int rows, int minutes) {
        this.rows = rows;
        this.minutes = minutes;
    }

    abstract void fill(Draft draft, Noise noise);

    LabelledSeries generate(long seed) {
        Draft draft = new Draft(rows, minutes);
        fill(draft, new Noise(seed * 1_000_003 + ordinal() * 7919L));
        return draft.finish(name());
    }

    /** A series being made. */
    static final class Draft {

        private static final long START = 1_396_310_400_000L;

        private final long[] times;
        private final double[] values;
        private final List<Integer> anomalies = new ArrayList<>();

        Draft(int rows, int minutes) {
            times = new long[rows];
            values = new double[rows];
            for (int i = 0; i < rows; i++) {
                times[i] = START + i * minutes * 60_000L;
            }
        }

        int rows() {
            return values.length;
        }

        /** Where the k-th of n anomalies begins: in its own stretch of what comes after the probation. */
        int place(Noise noise, int k, int n) {
            double share = 0.7 / n;
            return (int) (values.length * (0.22 + share * k + noise.uniform(0.05, 0.75) * share));
        }

        void at(int row, long offset) {
            times[row] = START + offset;
        }

        void set(int row, double value) {
            values[row] = value;
        }

        void add(int row, double value) {
            values[row] += value;
        }

        void anomaly(int row) {
            anomalies.add(row);
        }

        LabelledSeries finish(String kind) {
            List<Integer> sorted = anomalies.stream().sorted().toList();
            int length = sorted.isEmpty() ? 0 : (int) (WINDOW_SHARE * values.length / sorted.size() / 2);
            List<Window> windows = sorted.stream()
                    .map(row -> new Window(row, Math.min(values.length - 1, row + length)))
                    .toList();
            return new LabelledSeries(kind, times, values, windows);
        }
    }
}
