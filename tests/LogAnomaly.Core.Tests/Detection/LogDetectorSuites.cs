using LogAnomaly.Detection;

namespace LogAnomaly.Tests.Detection;

public sealed class EcodSuite() : LogDetectorTests(nameof(Ecod));

public sealed class ExtendedIsolationForestSuite() : LogDetectorTests(nameof(ExtendedIsolationForest));

public sealed class IsolationForestSuite() : LogDetectorTests(nameof(IsolationForest));

public sealed class LocalOutlierFactorSuite() : LogDetectorTests(nameof(LocalOutlierFactor));

public sealed class NearestNeighborsSuite() : LogDetectorTests(nameof(NearestNeighbors));

public sealed class OneClassSvmSuite() : LogDetectorTests(nameof(OneClassSvm));

public sealed class PrincipalComponentsSuite() : LogDetectorTests(nameof(PrincipalComponents));
