using System.Collections.Frozen;
using System.Text;

namespace Tutti.Server.Library;

/// <summary>
/// Text as search and sorting see it: lower case, without accents, runs of anything but letters and digits as one space.
/// A table of our own because the program runs with the invariant culture, where <see cref="string.Normalize()"/> changes nothing.
/// </summary>
public static class FoldedText
{
    // Base letter, and the lower-case letters of Latin, Greek and Cyrillic that are it with marks (Unicode 15, canonical decomposition).
    private static readonly (string Base, string Marked)[] s_letters =
    [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
        ("b", "ḃḅḇ"),
        ("c", "çćĉċčḉ"),
        ("d", "ďḋḍḏḑḓđð"),
        ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
        ("f", "ḟ"),
        ("g", "ĝğġģǧǵḡ"),
        ("h", "ĥȟḣḥḧḩḫẖħ"),
        ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
        ("j", "ĵǰ"),
        ("k", "ķǩḱḳḵ"),
        ("l", "ĺļľḷḹḻḽł"),
        ("m", "ḿṁṃ"),
        ("n", "ñńņňǹṅṇṉṋ"),
        ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ"),
        ("p", "ṕṗ"),
        ("r", "ŕŗřȑȓṙṛṝṟ"),
        ("s", "śŝşšșṡṣṥṧṩ"),
        ("t", "ţťțṫṭṯṱẗŧ"),
        ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
        ("v", "ṽṿ"),
        ("w", "ŵẁẃẅẇẉẘ"),
        ("x", "ẋẍ"),
        ("y", "ýÿŷȳẏẙỳỵỷỹ"),
        ("z", "źżžẑẓẕ"),
        ("ſ", "ẛ"),
        ("ʒ", "ǯ"),
        ("ʹ", "ʹ"),
        ("α", "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"),
        ("ε", "έἐἑἒἓἔἕὲέ"),
        ("η", "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"),
        ("ι", "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ"),
        ("ο", "όὀὁὂὃὄὅὸό"),
        ("ρ", "ῤῥ"),
        ("σ", "ς"),
        ("υ", "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"),
        ("ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"),
        ("ϒ", "ϓϔ"),
        ("г", "ѓ"),
        ("е", "ѐё"),
        ("и", "йѝ"),
        ("к", "ќ"),
        ("у", "ў"),
        ("і", "ї"),
        ("ae", "æǽǣ"),
        ("oe", "œ"),
        ("ss", "ß"),
        ("th", "þ"),
    ];

    private static readonly FrozenDictionary<char, string> s_bases =
        s_letters.SelectMany(row => row.Marked.Select(letter => (letter, row.Base))).ToFrozenDictionary(pair => pair.letter, pair => pair.Base);

    /// <summary>Folds a name that must stay one: where nothing is left (<c>÷</c>, <c>!!!</c>) it is the name itself in lower case.</summary>
    public static string Name(string name) => Of(name) is { Length: > 0 } folded ? folded : name.Trim().ToLowerInvariant();

    /// <summary>Folds; what is left may be empty.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var raw in text)
        {
            var letter = char.ToLowerInvariant(raw);
            if (letter is >= '\u0300' and <= '\u036F' or '\'' or '\u2019')
            {
                continue;
            }
            if (s_bases.TryGetValue(letter, out var letters))
            {
                folded.Append(letters);
            }
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                folded.Append(letter);
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }
        return folded.ToString().TrimEnd(' ');
    }
}
