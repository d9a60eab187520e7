using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Hosting;

/// <summary>Everything about HTTP that an operator may set (section <c>Http</c>). Units are in the names.</summary>
public sealed record HttpOptions
{
    /// <summary>Port to listen on; 0 takes a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 3_000;

    /// <summary>Address to listen on: an IP address or <c>localhost</c>; empty for every address, IPv4 and IPv6.</summary>
    public string Host { get; init; } = "";

    /// <summary>Folder of the built web app; empty for <c>wwwroot</c> beside the program.</summary>
    public string WebRoot { get; init; } = "";

    /// <summary>Whether the addresses and a QR code are shown at start.</summary>
    public QrCodeChoice QrCode { get; init; } = QrCodeChoice.Auto;

    /// <summary>Refuse sockets and changing calls that a page of another site makes.</summary>
    public bool CheckOrigin { get; init; } = true;

    /// <summary>Origins of other sites' pages that may call, such as <c>https://home.example</c>, parted by spaces. Cookies are never theirs to use.</summary>
    public string AllowedOrigins { get; init; } = "";

    /// <summary>The server's names, such as <c>music.example.org</c>, parted by spaces; by any other it answers nobody. Empty: by all. Addresses and <c>localhost</c> always do.</summary>
    public string HostNames { get; init; } = "";

    /// <summary>Whether pages on https are isolated from other origins: a finer clock, but browsers without credentialless frames show no services' players there.</summary>
    public bool CrossOriginIsolation { get; init; } = true;

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed, parted by spaces; networks as <c>10.0.0.0/8</c>.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Largest request body.</summary>
    [Range(1_024, 104_857_600)]
    public int MaxBodyBytes { get; init; } = 1_048_576;

    /// <summary>Changing calls that one client address may make on average.</summary>
    [Range(1, 100_000)]
    public int ChangesPerSecond { get; init; } = 50;

    /// <summary>Changing calls that one client address may make at once.</summary>
    [Range(1, 100_000)]
    public int ChangesBurst { get; init; } = 200;

    /// <summary>Longest wait for sockets to close and rooms to be saved when the server stops.</summary>
    [Range(1, 120)]
    public int ShutdownSeconds { get; init; } = 5;
}

/// <summary>When the greeting with the QR code is shown.</summary>
public enum QrCodeChoice
{
    /// <summary>When standard output is a terminal.</summary>
    Auto,
    Always,
    Never,
}
