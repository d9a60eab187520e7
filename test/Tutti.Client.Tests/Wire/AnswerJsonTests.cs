using System.Text.Json.Serialization;
using Tutti.Protocol.Rest;

namespace Tutti.Client.Tests.Wire;

/// <summary>The one list of what REST answers has all of it.</summary>
public sealed class AnswerJsonTests
{
    [Fact]
    public void Every_answer_is_known_to_the_generated_json() => Assert.All(
        typeof(AnswerJson).Assembly.GetExportedTypes().Where(static type => type.Namespace == typeof(AnswerJson).Namespace && !typeof(JsonSerializerContext).IsAssignableFrom(type)),
        static type => Assert.NotNull(AnswerJson.Default.GetTypeInfo(type)));
}
