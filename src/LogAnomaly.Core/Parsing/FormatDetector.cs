namespace LogAnomaly.Parsing;
internal static class FormatDetector { public static LogFormat? Detect(IReadOnlyList<LogLine> sample, string? path) => null; }
