using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Dossier.Hosting.Telemetry;

/// <summary>Adds up what the instruments of one server measure, and writes it in the text format that Prometheus scrapes. Costs nothing until it is made.</summary>
public sealed class Prometheus : IDisposable
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly SortedDictionary<string, InstrumentSeries> _instruments = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly object _scope;

    /// <summary>Listens from now on.</summary>
    /// <param name="meters">What made the server's meters: those of other servers in the process are not counted.</param>
    public Prometheus(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _scope = meters;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>All instruments, by name.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var instrument in _instruments.Values)
            {
                instrument.ForgetObserved();
            }

            _listener.RecordObservableInstruments();
            foreach (var instrument in _instruments.Values)
            {
                instrument.Write(text);
            }
        }

        return text.ToString();
    }

    /// <summary>Listens no longer.</summary>
    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        var (name, scope) = (instrument.Meter.Name, instrument.Meter.Scope);
        if ((ReferenceEquals(scope, _scope) && ServerMetrics.Meters.Contains(name)) || name == ServerMetrics.Runtime)
        {
            var series = new InstrumentSeries(instrument);
            lock (_gate)
            {
                if (!_instruments.TryAdd(series.Name, series))
                {
                    return;
                }
            }

            listener.EnableMeasurementEvents(instrument, series);
        }
    }
}

/// <summary>The sums of one instrument, for each set of labels.</summary>
internal sealed class InstrumentSeries
{
    // Labels are routes, methods and statuses: many more would be somebody's doing.
    private const int MaxSeries = 2000;

    // Those of OpenTelemetry for seconds.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Dictionary<int, List<Series>> _series = [];
    private readonly Lock _gate = new();
    private readonly Instrument _instrument;
    private readonly double[]? _bounds;
    private readonly bool _isSum;
    private readonly bool _isObserved;
    private int _count;

    public InstrumentSeries(Instrument instrument)
    {
        _instrument = instrument;
        var kind = instrument.GetType().Name;
        _isObserved = instrument.IsObservable;
        _isSum = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        _bounds = kind.StartsWith("Histogram", StringComparison.Ordinal) ? Bounds(instrument) : null;
        Name = NameOf(instrument) + (_isSum ? "_total" : "");
    }

    /// <summary>The name in the text format.</summary>
    public string Name { get; }

    /// <summary>What is observed has only the labels of now: a model that was exchanged is not there any more.</summary>
    public void ForgetObserved()
    {
        if (_isObserved)
        {
            lock (_gate)
            {
                _series.Clear();
                _count = 0;
            }
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            var series = Find(tags);
            if (_bounds is not null)
            {
                var at = Array.FindIndex(_bounds, bound => value <= bound);
                series.Buckets![at < 0 ? _bounds.Length : at]++;
            }

            // An up-down counter adds, as a counter does; what is observed is the value itself.
            series.Value = _isObserved || _instrument is Gauge<long> or Gauge<double> or Gauge<int> ? value : series.Value + value;
        }
    }

    public void Write(StringBuilder text)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return;
            }

            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Escape(_instrument.Description ?? _instrument.Name)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {Name} {(_bounds is not null ? "histogram" : _isSum ? "counter" : "gauge")}\n");
            foreach (var series in _series.Values.SelectMany(static list => list).OrderBy(static one => one.Labels, StringComparer.Ordinal))
            {
                Write(text, series);
            }
        }
    }

    private void Write(StringBuilder text, Series series)
    {
        var braced = series.Labels.Length == 0 ? "" : "{" + series.Labels + "}";
        if (_bounds is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name}{braced} {series.Value}\n");
            return;
        }

        var comma = series.Labels.Length == 0 ? "" : series.Labels + ",";
        var below = 0L;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            below += series.Buckets![i];
            var bound = i < _bounds.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{comma}le=\"{bound}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{braced} {series.Value}\n{Name}_count{braced} {below}\n");
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var (_, value) in tags)
        {
            hash.Add(value);
        }

        var key = hash.ToHashCode();
        if (!_series.TryGetValue(key, out var list))
        {
            _series[key] = list = [];
        }

        foreach (var known in list)
        {
            if (known.Has(tags))
            {
                return known;
            }
        }

        if (_count >= MaxSeries && tags.Length > 0)
        {
            return Find([new("otel_metric_overflow", "true")]);
        }

        var made = new Series(tags, _bounds is null ? null : new long[_bounds.Length + 1]);
        list.Add(made);
        _count++;
        return made;
    }

    private static double[] Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(static bound => (double)bound)],
        _ => Seconds,
    };

    private static string NameOf(Instrument instrument)
    {
        var name = Underscored(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "seconds",
            "By" => "bytes",
            _ => null,
        };
        return unit is null || name.EndsWith(unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    private static string Underscored(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escape(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series
    {
        private readonly KeyValuePair<string, object?>[] _tags;

        public Series(ReadOnlySpan<KeyValuePair<string, object?>> tags, long[]? buckets)
        {
            _tags = tags.ToArray();
            Buckets = buckets;
            Labels = string.Join(',', _tags.Select(static tag => $"{Underscored(tag.Key)}=\"{Label(tag.Value)}\""));
        }

        public string Labels { get; }

        public long[]? Buckets { get; }

        public double Value { get; set; }

        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length != _tags.Length)
            {
                return false;
            }

            for (var i = 0; i < tags.Length; i++)
            {
                if (tags[i].Key != _tags[i].Key || !Equals(tags[i].Value, _tags[i].Value))
                {
                    return false;
                }
            }

            return true;
        }

        private static string Text(object? value) => value switch
        {
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

        private static string Label(object? value) =>
            Escape(Text(value)).Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}
