using System.Reflection;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Hosting;

/// <summary>A group of settings that one record holds.</summary>
public abstract class OptionSection
{
    /// <summary>For instance <c>Tutti:Sync</c>.</summary>
    public abstract string Key { get; }

    public abstract IReadOnlyList<OptionDefinition> Options { get; }

    /// <summary>Reads the section and registers the record as <see cref="IOptions{T}"/>.</summary>
    /// <exception cref="SettingRefusedException">A setting is unknown, unparsable or out of range.</exception>
    internal abstract void Register(IServiceCollection services, IConfigurationSection section);
}

/// <summary>A group of settings that one record holds.</summary>
public sealed class OptionSection<T> : OptionSection
    where T : class, new()
{
    public OptionSection(string name)
    {
        Key = $"{OptionCatalog.Root}:{name}";
        var defaults = new T();
        Options = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .Select(property => new OptionDefinition(Key, property, defaults))];
    }

    public override string Key { get; }

    public override IReadOnlyList<OptionDefinition> Options { get; }

    internal override void Register(IServiceCollection services, IConfigurationSection section)
    {
        var value = new T();
        foreach (var child in section.GetChildren())
        {
            var option = Options.FirstOrDefault(option => option.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (option is null || child.Value is null)
            {
                throw OptionCatalog.Unknown(child.Path);
            }

            option.Set(value, child.Value);
        }

        services.AddSingleton<IOptions<T>>(Microsoft.Extensions.Options.Options.Create(value));
    }
}
