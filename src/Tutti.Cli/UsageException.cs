namespace Tutti.Cli;

/// <summary>What was typed makes no sense once it is looked at: two devices of that name, a time that is none.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What was named is not there.</summary>
internal sealed class NothingFoundException(string message) : Exception(message);
