namespace LogAnomaly.Rules;

/// <summary>Puts one test to one field of an event, or to its whole line.</summary>
internal sealed class FieldConditionTest : ConditionTest
{
    private readonly RuleField _field;
    private readonly TestOperator _operator;
    private readonly RuleField? _other;
    private readonly TimePart? _part;
    private readonly ValueTest? _test;

    private FieldConditionTest(RuleField field, FieldTest test)
    {
        _field = field;
        _operator = test.Operator;
        _part = test.TimePart;
        _other = IsOfFields(test.Operator) ? RuleField.Of(test.Value) : null;
        _test = _other is null && !IsOfPresence(test.Operator) ? ValueTest.Of(test) : null;
        IsCaseSensitive = test.IsCaseSensitive;
    }

    private bool IsCaseSensitive { get; }

    /// <summary>Makes a test ready.</summary>
    /// <param name="test">The test.</param>
    /// <returns>The test.</returns>
    public static FieldConditionTest Of(FieldTest test)
    {
        string name = test.Field ?? (test.TimePart is null ? nameof(LogField.Raw) : nameof(LogField.Timestamp));
        return new FieldConditionTest(RuleField.Of(name), test);
    }

    /// <inheritdoc/>
    public override bool IsTrue(EventView view)
    {
        RuleValue value = _field.Read(view);
        switch (_operator)
        {
            case TestOperator.Exists:
                return !value.IsNone;
            case TestOperator.Missing:
                return value.IsNone;
            case TestOperator.IsNull:
                return value.IsNone || (value.Kind == RuleValueKind.Text && value.ToText().Length == 0)
                    || IsEmptyList(value);
            default:
                return _other is null ? AnyPasses(value) : AnyCompares(value, _other.Read(view));
        }
    }

    private static bool IsOfPresence(TestOperator test) =>
        test is TestOperator.Exists or TestOperator.Missing or TestOperator.IsNull;

    private static bool IsOfFields(TestOperator test) => test
        is TestOperator.FieldEquals or TestOperator.FieldContains or TestOperator.FieldStartsWith
            or TestOperator.FieldEndsWith;

    private static bool IsEmptyList(RuleValue value)
    {
        if (value.Kind != RuleValueKind.List)
        {
            return false;
        }

        foreach (object? element in value.Elements)
        {
            if (element is not null)
            {
                return false;
            }
        }

        return true;
    }

    private bool AnyPasses(in RuleValue value)
    {
        if (value.Kind != RuleValueKind.List)
        {
            return Passes(value);
        }

        foreach (object? element in value.Elements)
        {
            if (AnyPasses(RuleValue.Of(element)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Passes(in RuleValue value)
    {
        if (value.IsNone)
        {
            return false;
        }

        return _part is { } part
            ? TimeParts.TryRead(value, part, out int number) && _test!.Passes(RuleValue.Of((long?)number))
            : _test!.Passes(value);
    }

    private bool AnyCompares(in RuleValue value, in RuleValue other)
    {
        if (value.Kind == RuleValueKind.List)
        {
            foreach (object? element in value.Elements)
            {
                if (AnyCompares(RuleValue.Of(element), other))
                {
                    return true;
                }
            }

            return false;
        }

        if (other.Kind != RuleValueKind.List)
        {
            return Compares(value, other);
        }

        foreach (object? element in other.Elements)
        {
            if (Compares(value, RuleValue.Of(element)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Compares(in RuleValue value, in RuleValue other)
    {
        if (value.IsNone || other.IsNone)
        {
            return false;
        }

        if (_operator == TestOperator.FieldEquals && value.IsNumber && other.IsNumber)
        {
            return value.Number.Equals(other.Number);
        }

        StringComparison comparison = IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        string text = value.ToText();
        string part = other.ToText();
        return _operator switch
        {
            TestOperator.FieldEquals => text.Equals(part, comparison),
            TestOperator.FieldContains => text.Contains(part, comparison),
            TestOperator.FieldStartsWith => text.StartsWith(part, comparison),
            _ => text.EndsWith(part, comparison),
        };
    }
}
