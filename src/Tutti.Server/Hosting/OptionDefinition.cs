using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Tutti.Server.Hosting;

/// <summary>One setting: its key, what it accepts and how its text is read.</summary>
public sealed class OptionDefinition
{
    private static readonly (string Suffix, string Unit)[] s_units =
    [
        ("Ms", "ms"), ("Micros", "µs"), ("Seconds", "s"), ("Minutes", "min"), ("Hours", "h"), ("Days", "d"), ("Bytes", "bytes"), ("Megabytes", "MB"), ("Pixels", "px"),
        ("PerSecond", "per second"), ("PerHour", "per hour"),
    ];

    private readonly PropertyInfo _property;
    private readonly RangeAttribute? _range;
    private readonly bool _required;

    internal OptionDefinition(string section, PropertyInfo property, object defaults)
    {
        _property = property;
        _range = property.GetCustomAttribute<RangeAttribute>();
        _required = property.IsDefined(typeof(RequiredAttribute));
        Key = $"{section}:{property.Name}";
        Unit = s_units.Where(unit => property.Name.EndsWith(unit.Suffix, StringComparison.Ordinal)).Select(unit => unit.Unit).LastOrDefault("");
        Default = Text(property.GetValue(defaults));
    }

    /// <summary>For instance <c>Tutti:Sync:LeadFloorMs</c>.</summary>
    public string Key { get; }

    /// <summary>For instance <c>ms</c>; empty for a bare number or a word.</summary>
    public string Unit { get; }

    /// <summary>The default as it would be typed.</summary>
    public string Default { get; }

    /// <summary>What is accepted, in words: <c>0 to 1000 ms</c>.</summary>
    public string Accepts => this switch
    {
        { _range: { } range } => $"{Text(range.Minimum)} to {Text(range.Maximum)}{(Unit.Length > 0 ? " " + Unit : "")}",
        { _property.PropertyType.IsEnum: true } => string.Join(", ", Enum.GetNames(_property.PropertyType).Select(name => name.ToLowerInvariant())),
        _ when _property.PropertyType == typeof(bool) => "true, false",
        _ when _property.PropertyType == typeof(Uri) => "an http or https address",
        _ => _required ? "any text but none" : "any text",
    };

    internal string Name => _property.Name;

    /// <summary>Reads the text and sets the property of <paramref name="target"/>.</summary>
    /// <exception cref="SettingRefusedException">It cannot be read, or is out of range.</exception>
    internal void Set(object target, string text) => _property.SetValue(target, Parse(text));

    private object Parse(string text)
    {
        object? value = null;
        if (_property.PropertyType == typeof(string))
        {
            value = _required && text.Length == 0 ? null : text;
        }
        else if (_property.PropertyType == typeof(bool))
        {
            value = bool.TryParse(text, out var flag) ? flag : null;
        }
        else if (_property.PropertyType == typeof(int))
        {
            value = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        }
        else if (_property.PropertyType == typeof(double))
        {
            const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            value = double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        }
        else if (_property.PropertyType == typeof(Uri))
        {
            value = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;
        }
        else if (_property.PropertyType.IsEnum)
        {
            // Not Enum.TryParse alone: it would take numbers for names.
            value = Array.Find(Enum.GetNames(_property.PropertyType), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(_property.PropertyType, name)
                : null;
        }
        else
        {
            throw new NotSupportedException($"{Key}: no reader for {_property.PropertyType}");
        }

        return value is not null && (_range is null || _range.IsValid(value))
            ? value
            : throw new SettingRefusedException($"{Key} = {text} is refused; it accepts {Accepts}.");
    }

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Uri address => address.AbsolutePath == "/" ? address.GetLeftPart(UriPartial.Authority) : address.AbsoluteUri,
        Enum choice => choice.ToString().ToLowerInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
