namespace Tutti.Server.Hosting;

/// <summary>A setting that the server does not start with. The message names the setting, its value and what would be accepted.</summary>
public sealed class SettingRefusedException(string message) : Exception(message);
