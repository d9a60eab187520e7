using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Access.Accounts;

/// <summary>
/// The one-time code that makes the administrator. It lives in this process alone: each start without an administrator draws a new one and prints it,
/// so that a link in an old log opens nothing.
/// </summary>
public sealed class SetUpCode
{
    // Without letters and digits that look alike: somebody may have to type it.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 20;
    private readonly Lock _gate = new();
    private string? _taken;

    /// <summary>The code; null when there is an administrator.</summary>
    public string? Code { get; private set; }

    /// <summary>Draws the code. Called once, at start, when there is no administrator.</summary>
    public void Draw() => Code = RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>True for the right code, once.</summary>
    public bool TryTake(string code)
    {
        lock (_gate)
        {
            if (Code is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()), Encoding.UTF8.GetBytes(Code)))
            {
                return false;
            }

            (_taken, Code) = (Code, null);
            return true;
        }
    }

    /// <summary>It was taken, but no account came of it.</summary>
    public void PutBack()
    {
        lock (_gate)
        {
            Code ??= _taken;
        }
    }
}
