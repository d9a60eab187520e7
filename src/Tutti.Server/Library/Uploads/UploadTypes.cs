namespace Tutti.Server.Library.Uploads;

/// <summary>Which endings go with what a file turned out to hold.</summary>
public static class UploadTypes
{
    private static readonly (string Codec, string[] Endings)[] s_types =
    [
        ("mp3", [".mp3"]), ("mp2", [".mp2", ".mp3"]), ("flac", [".flac", ".ogg", ".oga", ".mka"]), ("vorbis", [".ogg", ".oga", ".webm", ".mka"]),
        ("opus", [".opus", ".ogg", ".oga", ".webm", ".mka"]), ("aac", [".m4a", ".aac", ".m4b", ".mp4", ".mka"]), ("alac", [".m4a", ".m4b", ".mp4", ".caf", ".alac"]),
        ("wmav1", [".wma", ".asf"]), ("wmav2", [".wma", ".asf"]), ("wmapro", [".wma", ".asf"]), ("wmalossless", [".wma", ".asf"]), ("ape", [".ape"]), ("wavpack", [".wv"]),
        ("tta", [".tta"]), ("pcm_s16le", [".wav", ".wave", ".w64", ".aiff", ".aifc", ".caf", ".au"]), ("pcm_s24le", [".wav", ".wave", ".w64"]), ("pcm_s16be", [".aiff", ".aif", ".aifc", ".caf", ".au"]),
        ("pcm_s24be", [".aiff", ".aif", ".caf"]),
    ];

    /// <summary>The ending as it came when it fits what is inside, else the usual one.</summary>
    public static string Ending(string codec, string given) => Array.Find(s_types, type => type.Codec == codec).Endings is { } endings && !endings.Contains(given, StringComparer.OrdinalIgnoreCase)
        ? endings[0]
        : given.ToLowerInvariant();
}
