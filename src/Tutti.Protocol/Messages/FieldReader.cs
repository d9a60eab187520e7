using System.Collections.Immutable;
using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>
/// Reads the members of one JSON object that may hold anything. The first member that is wrong is remembered by its path; after that the
/// values returned mean nothing and the caller throws the message away.
/// </summary>
internal sealed class FieldReader(JsonElement json, string path = "")
{
    /// <summary>What is wrong, in words that name the member; null so far.</summary>
    public string? Error { get; private set; }

    public bool Has(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public bool Flag(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Fail(name, "must be true or false", false);

    public long Long(string name, long min, long max)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        return Fail(name, $"must be an integer from {min} to {max}", 0L);
    }

    public int Int(string name, int min = int.MinValue, int max = int.MaxValue) => (int)Long(name, min, max);

    public double Number(string name, double min, double max)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        return Fail(name, $"must be a number from {min} to {max}", 0d);
    }

    public string Text(string name, int minLength, int maxLength) =>
        json.TryGetProperty(name, out var value) && Read(value, minLength, maxLength) is { } text
            ? text
            : Fail(name, $"must be a string of {minLength} to {maxLength} characters", "");

    /// <summary>A name that people read: not blank, no control characters; white space around it is dropped.</summary>
    public string Name(string name, int maxLength)
    {
        var text = Text(name, 1, maxLength).Trim();
        return Error is null && (text.Length == 0 || text.Any(char.IsControl)) ? Fail(name, "must be readable text", "") : text;
    }

    public TEnum Choice<TEnum>(string name, params ReadOnlySpan<(string Text, TEnum Value)> choices)
    {
        var text = Text(name, 1, 32);
        foreach (var choice in choices)
        {
            if (choice.Text == text)
            {
                return choice.Value;
            }
        }

        return Fail(name, "must be one of its named values", choices[0].Value);
    }

    public ImmutableArray<string> Ids(string name, int maxCount)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is var count
            && (count == 0 || count > maxCount))
        {
            return Fail(name, $"must be an array of 1 to {maxCount} ids", ImmutableArray<string>.Empty);
        }

        var ids = ImmutableArray.CreateBuilder<string>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (Read(element, 1, ProtocolLimits.ReferenceMaxLength) is not { } id)
            {
                return Fail($"{name}[{ids.Count}]", $"must be a string of 1 to {ProtocolLimits.ReferenceMaxLength} characters", ImmutableArray<string>.Empty);
            }

            ids.Add(id);
        }

        return ids.MoveToImmutable();
    }

    /// <summary>A member that is an object of its own.</summary>
    public FieldReader Object(string name)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
        {
            return new FieldReader(value, $"{path}{name}.");
        }

        return Fail(name, "must be an object", this);
    }

    public JsonElement Raw(string name) => json.GetProperty(name);

    /// <summary>Takes over what an inner reader found.</summary>
    public void Join(FieldReader inner) => Error ??= inner.Error;

    public T Fail<T>(string name, string what, T value)
    {
        Error ??= $"{path}{name} {what}.";
        return value;
    }

    private static string? Read(JsonElement value, int minLength, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var text = value.GetString()!;
            return text.Length >= minLength && text.Length <= maxLength ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Escapes that make no Unicode text, such as a lone surrogate: the reader finds out only here.
            return null;
        }
    }
}
