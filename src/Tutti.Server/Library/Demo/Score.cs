namespace Tutti.Server.Library.Demo;

/// <summary>A piece as it is written down in <c>demo/*.score</c>, with its form played out.</summary>
/// <param name="Number">Track number, from 1.</param>
/// <param name="BeatsPerMinute">Tempo throughout.</param>
/// <param name="Reverb">Share of the room's sound in the mix, 0–1.</param>
/// <param name="Colours">Three of the cover, as 0xRRGGBB: sky above, sky below, sun.</param>
/// <param name="Beats">Length.</param>
public sealed record Score(
    string Title, int Number, int Year, double BeatsPerMinute, double Reverb, IReadOnlyList<int> Colours, IReadOnlyList<Voice> Voices, double Beats)
{
    /// <summary>Length without what rings on after the last note.</summary>
    public double Seconds => Beats * 60 / BeatsPerMinute;
}

/// <summary>One player of a piece.</summary>
/// <param name="GainDb">Loudness beside the others, dB.</param>
/// <param name="Pan">−1 left, 0 middle, 1 right.</param>
public sealed record Voice(string Name, Timbre Timbre, double GainDb, double Pan, IReadOnlyList<Note> Notes);

/// <summary>One note.</summary>
/// <param name="StartBeats">From the start of the piece.</param>
/// <param name="Pitch">As MIDI counts: 69 is A4, 440 Hz, and a step is a semitone.</param>
/// <param name="Strength">0–1; from the dynamics.</param>
public readonly record struct Note(double StartBeats, double LengthBeats, int Pitch, double Strength);

/// <summary>The instruments that the renderer has.</summary>
public enum Timbre
{
    Pluck,
    Bell,
    Pad,
    Keys,
    Bass,
    Flute,
    Kick,
    Brush,
}
