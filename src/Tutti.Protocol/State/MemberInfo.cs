using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>A person who belongs to a room.</summary>
/// <param name="Id">The same for as long as the account or the guest's pass lives.</param>
/// <param name="Guest">True without an account.</param>
/// <param name="Role">Exactly one member is <see cref="MemberRole.Host"/> for good.</param>
/// <param name="SinceMicros">Server time at which they first came in.</param>
public sealed record MemberInfo(string Id, string Name, bool Guest, MemberRole Role, ServerMicros SinceMicros);
