package dev.thalweg;

import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.EngineSettings.WatermarkPolicy;
import dev.thalweg.execution.trigger.IdleTimeouts;
import dev.thalweg.execution.trigger.StateGrowth;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.Running;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.state.StateSettings;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The settings of a session, which `SET` changes too. A query takes those that hold when it starts.
public final class RuntimeConfig {
    private final ConcurrentSkipListMap<String, String> values = new ConcurrentSkipListMap<>();

    RuntimeConfig() {}

    public void set(String name, String value) {
        Setting setting = Setting.named(name);
        values.put(setting.key(), setting.accept(name, value));
    }

    public void set(String name, boolean value) {
        set(name, Boolean.toString(value));
    }

    public void set(String name, long value) {
        set(name, Long.toString(value));
    }

    /// The value of a setting.
    ///
    /// @throws InvalidOption when it is not set and has no default to show
    public String get(String name) {
        return find(Setting.named(name)).orElseThrow(() -> new InvalidOption("THW-2004",
                "The setting '" + name + "' has no value; its default is in force. Set it with SET " + name + " = …"));
    }

    /// The value of a setting, or the one given here where it is not set or there is none of that name, as in Spark.
    public String get(String name, String byDefault) {
        return Setting.find(name).flatMap(this::find).orElse(byDefault);
    }

    public void unset(String name) {
        values.remove(Setting.named(name).key());
    }

    public Map<String, String> getAll() {
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public boolean isModifiable(String name) {
        return Setting.find(name).isPresent();
    }

    Optional<String> find(Setting setting) {
        return Optional.ofNullable(values.get(setting.key()));
    }

    public ZoneId zone() {
        return find(Setting.TIME_ZONE).map(ZoneId::of).orElseGet(ZoneId::systemDefault);
    }

    Trigger trigger() {
        return Trigger.of(find(Setting.TRIGGER).orElse(""));
    }

    EngineSettings engineSettings() {
        EngineSettings settings = EngineSettings.defaults().withZone(zone());
        Optional<String> tasks = find(Setting.TASKS);
        if (tasks.isPresent()) {
            settings = settings.withTasks(Integer.parseInt(tasks.get()));
        }
        Optional<String> memory = find(Setting.MEMORY);
        if (memory.isPresent()) {
            settings = settings.withMemoryBytesMax(Long.parseLong(memory.get().strip()));
        }
        settings = settings.withState(state(settings.state())).withGrowth(growth());
        settings = settings.withIdle(new IdleTimeouts(find(Setting.IDLE_TIMEOUT)
                .map(text -> TargetOptions.idleMillis(Setting.IDLE_TIMEOUT.key(), text)).orElse(0L), Map.of()));
        boolean flush = find(Setting.END_OF_INPUT).filter("flush"::equalsIgnoreCase).isPresent();
        return settings.withFlushAtEnd(flush).withWatermarkPolicy(watermarkPolicy());
    }

    private WatermarkPolicy watermarkPolicy() {
        return WatermarkPolicy.valueOf(find(Setting.WATERMARK_POLICY).orElse("min").toUpperCase(Locale.ROOT));
    }

    /// @param asked of the query itself, before the session's setting
    Running running(OutputMode mode, Optional<Long> asked) {
        Optional<Long> micros = asked
                .or(() -> find(Setting.STATE_TTL).filter(text -> !text.equals("none"))
                        .map(text -> TargetOptions.micros(Setting.STATE_TTL.key(), text)));
        return new Running(mode, micros.map(OptionalLong::of).orElse(OptionalLong.empty()),
                watermarkPolicy() == WatermarkPolicy.MAX);
    }

    private StateGrowth growth() {
        String unbounded = find(Setting.UNBOUNDED_STATE).orElse("warn").toUpperCase(Locale.ROOT);
        return new StateGrowth(StateGrowth.Unbounded.valueOf(unbounded), number(Setting.STATE_ROWS, Long.MAX_VALUE));
    }

    private StateSettings state(StateSettings byDefault) {
        long residentBytesMax = number(Setting.STATE_MEMORY, byDefault.residentBytesMax());
        return new StateSettings(residentBytesMax, number(Setting.STATE_CACHE, residentBytesMax / 2),
                number(Setting.SNAPSHOT_BYTES, byDefault.snapshotLogBytes()), find(Setting.SNAPSHOT_BYTES).isEmpty(),
                Math.toIntExact(Math.min(Integer.MAX_VALUE,
                        number(Setting.SNAPSHOTS, byDefault.snapshotsRetained()))));
    }

    private long number(Setting setting, long byDefault) {
        return find(setting).map(text -> Long.parseLong(text.strip())).orElse(byDefault);
    }
}
