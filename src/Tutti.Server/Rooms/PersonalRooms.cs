using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>The codes of personal rooms: a keyed hash of the verified account and of nothing else, so no one can name another's room.</summary>
public sealed class PersonalRooms(HandoverKey key)
{
    // States that are sealed with the same key are JSON objects: no text of one kind is ever one of the other.
    private const string Purpose = "personal room of ";

    /// <param name="memberId">Of an account.</param>
    public string CodeOf(string memberId)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, Encoding.UTF8.GetBytes(Purpose + memberId), mac);
        var number = new BigInteger(mac, isUnsigned: true);
        Span<char> code = stackalloc char[RoomCodes.PersonalLength];
        foreach (ref var letter in code)
        {
            number = BigInteger.DivRem(number, RoomCodes.Alphabet.Length, out var digit);
            letter = RoomCodes.Alphabet[(int)digit];
        }

        return new string(code);
    }
}
