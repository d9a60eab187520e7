using System.Globalization;

namespace Tutti.Server.Library.Demo;

/// <summary>
/// Reads a score. Header lines are <c>name: value</c>; <c>voice</c> lines name the players with timbre, gain in dB and place between −1 and 1;
/// <c>form</c> lists the sections in playing order, <c>A+2</c> being A two semitones higher. A section is <c>[A]</c> and a line for each voice
/// that plays in it, all of one length:
/// <code>
/// c4 eb4 f#4   notes, each as long as the one before        c4:2        two beats long, and so are those that follow; so does :2 alone
/// c4+e4+g4     a chord                                      a2+e3+a3~0121   a chord broken into its tones 0, 1, 2, 1
/// r            a rest                                       p mp mf f   how strong from here on
/// |            a bar line, for the eye                      x3( … )     three times
/// </code>
/// </summary>
public sealed class ScoreReader
{
    private static readonly Dictionary<string, double> s_dynamics = new() { ["pp"] = 0.3, ["p"] = 0.42, ["mp"] = 0.55, ["mf"] = 0.7, ["f"] = 0.86, ["ff"] = 1 };

    private readonly Dictionary<string, string> _headers = [];
    private readonly List<(string Name, Timbre Timbre, double GainDb, double Pan)> _voices = [];
    private readonly Dictionary<string, Dictionary<string, Phrase>> _sections = [];

    /// <summary>Reads a whole score.</summary>
    /// <exception cref="FormatException">Names line and fault.</exception>
    public static Score Read(string text)
    {
        var reader = new ScoreReader();
        Dictionary<string, Phrase>? section = null;
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.Split("--")[0].Trim();
            try
            {
                section = line.Length == 0 ? section : reader.Line(line, section);
            }
            catch (Exception error) when (error is FormatException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
            {
                throw new FormatException($"line {index + 1}, \"{line}\": {error.Message}", error);
            }
        }
        return reader.Build();
    }

    private Dictionary<string, Phrase>? Line(string line, Dictionary<string, Phrase>? section)
    {
        if (line.StartsWith('['))
        {
            return _sections[line.Trim('[', ']')] = [];
        }
        if (line.StartsWith("voice ", StringComparison.Ordinal))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _voices.Add((parts[1], Enum.Parse<Timbre>(parts[2], ignoreCase: true), Number(parts[3]), Number(parts[4])));
            return section;
        }
        var colon = line.IndexOf(':');
        var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
        if (section is null)
        {
            _headers.Add(name, value);
        }
        else if (_voices.Exists(voice => voice.Name == name))
        {
            section.Add(name, PhraseOf(value));
        }
        else
        {
            throw new FormatException($"there is no voice {name}");
        }
        return section;
    }

    private Score Build()
    {
        var notes = _voices.ToDictionary(voice => voice.Name, _ => new List<Note>());
        var at = 0.0;
        foreach (var step in _headers["form"].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var plus = step.IndexOf('+');
            var name = plus < 0 ? step : step[..plus];
            var semitones = plus < 0 ? 0 : int.Parse(step.AsSpan(plus + 1));
            var lengths = _sections[name].Values.Select(phrase => phrase.Beats).Distinct().ToList();
            if (lengths.Count != 1)
            {
                throw new FormatException($"voices of section {name} differ in length: {string.Join(", ", _sections[name].Select(voice => $"{voice.Key} {voice.Value.Beats}"))}");
            }
            foreach (var (voice, phrase) in _sections[name])
            {
                var unpitched = _voices.Find(candidate => candidate.Name == voice).Timbre is Timbre.Kick or Timbre.Brush;
                notes[voice].AddRange(phrase.Notes.Select(note => note with
                {
                    StartBeats = note.StartBeats + at,
                    Pitch = note.Pitch + (unpitched ? 0 : semitones),
                }));
            }
            at += lengths[0];
        }
        return new Score(
            _headers["title"], int.Parse(_headers["number"]), int.Parse(_headers["year"]), Number(_headers["tempo"]), Number(_headers["reverb"]),
            [.. _headers["colours"].Split(' ').Select(colour => int.Parse(colour, NumberStyles.HexNumber))],
            [.. _voices.Select(voice => new Voice(voice.Name, voice.Timbre, voice.GainDb, voice.Pan, notes[voice.Name]))],
            at);
    }

    private static Phrase PhraseOf(string text)
    {
        var tokens = text.Replace("(", "( ").Replace(")", " ) ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var phrase = new Phrase();
        var position = 0;
        Play(tokens, ref position, phrase);
        return phrase;
    }

    private static void Play(string[] tokens, ref int position, Phrase phrase)
    {
        while (position < tokens.Length && tokens[position] != ")")
        {
            var token = tokens[position++];
            if (token.EndsWith('('))
            {
                var times = int.Parse(token.AsSpan(1, token.Length - 2));
                var start = position;
                for (var i = 0; i < times; i++)
                {
                    position = start;
                    Play(tokens, ref position, phrase);
                }
                position++;
            }
            else if (s_dynamics.TryGetValue(token, out var strength))
            {
                phrase.Strength = strength;
            }
            else if (token != "|")
            {
                phrase.Add(token);
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // What one voice plays in one section.
    private sealed class Phrase
    {
        private double _length = 1;

        public double Beats { get; private set; }

        public double Strength { get; set; } = 0.7;

        public List<Note> Notes { get; } = [];

        public void Add(string token)
        {
            var colon = token.IndexOf(':');
            if (colon >= 0)
            {
                _length = Number(token[(colon + 1)..]);
                token = token[..colon];
            }
            if (token.Length == 0)
            {
                return;
            }
            var tilde = token.IndexOf('~');
            var chord = (tilde < 0 ? token : token[..tilde]).Split('+');
            if (tilde < 0)
            {
                Step(chord);
                return;
            }
            foreach (var digit in token[(tilde + 1)..])
            {
                Step([chord[digit - '0']]);
            }
        }

        private void Step(string[] names)
        {
            if (names[0] != "r")
            {
                // The first beat of a pair is a little stronger, as players do it.
                var accent = Beats % 2 == 0 ? 1.06 : Beats % 1 == 0 ? 1 : 0.93;
                Notes.AddRange(names.Select(name => new Note(Beats, _length, PitchOf(name), Math.Min(1, Strength * accent))));
            }
            Beats += _length;
        }

        private static int PitchOf(string name)
        {
            var step = "c d ef g a b".IndexOf(name[0]);
            if (step < 0)
            {
                throw new FormatException($"{name} is no note");
            }
            var sign = name.Length > 1 ? name[1] switch { '#' => 1, 'b' => -1, _ => 0 } : 0;
            return (12 * (int.Parse(name.AsSpan(sign == 0 ? 1 : 2)) + 1)) + step + sign;
        }
    }
}
