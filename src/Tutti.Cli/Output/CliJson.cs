using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Output;

/// <summary>What <c>--json</c> prints: the very members that REST answers with, and a few lines of this program's own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(DoneLine))]
[JsonSerializable(typeof(WatchLine))]
[JsonSerializable(typeof(ErrorLine))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>For what REST answers: titles in any script stay readable.</summary>
    public static AnswerJson Answers => Holder.Answers;

    /// <summary>For what only this program says, as readable.</summary>
    public static CliJson Own => Holder.Own;

    // A class of its own: the order of static fields across the generated parts of this one is not defined.
    private static class Holder
    {
        internal static readonly AnswerJson Answers = new(Readable(AnswerJson.Default));
        internal static readonly CliJson Own = new(Readable(Default));

        private static JsonSerializerOptions Readable(JsonSerializerContext context) =>
            new(context.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}

/// <summary>Something was done that has no answer of its own.</summary>
/// <param name="Done">What, for people.</param>
internal sealed record DoneLine(string Done);

/// <param name="Error">What went wrong.</param>
internal sealed record ErrorLine(FaultInfo Error);
