using Tutti.Protocol.Rest;

namespace Tutti.Cli.Output;

/// <summary>Sign-ins and tokens in words.</summary>
internal static class CredentialText
{
    public static readonly string[] Headings = ["id", "name", "made", "used", "ends"];

    public static string[] Row(CredentialDetail credential) =>
    [
        credential.Id, credential.Current ? $"{credential.Name} (this one)" : credential.Name, TimeText.Day(credential.CreatedMicros), TimeText.Day(credential.UsedMicros),
        credential.ExpiresMicros is { } ends ? TimeText.Day(ends) : "never",
    ];
}
