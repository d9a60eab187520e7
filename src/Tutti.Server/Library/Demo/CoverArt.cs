using System.Text;

namespace Tutti.Server.Library.Demo;

/// <summary>Draws a cover from a piece's colours: a sky, a sun, rings around it, and hills. As a portable pixmap (PPM, P6) for ffmpeg.</summary>
internal static class CoverArt
{
    private const int Size = 720;

    public static byte[] Draw(Score score)
    {
        var header = Encoding.ASCII.GetBytes($"P6\n{Size} {Size}\n255\n");
        var picture = new byte[header.Length + (Size * Size * 3)];
        header.CopyTo(picture, 0);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var (r, g, b) = Pixel(score, x / (double)Size, y / (double)Size);
                var at = header.Length + (((y * Size) + x) * 3);
                (picture[at], picture[at + 1], picture[at + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }
        return picture;
    }

    private static (double R, double G, double B) Pixel(Score score, double x, double y)
    {
        var (above, below, sun) = (Rgb(score.Colours[0]), Rgb(score.Colours[1]), Rgb(score.Colours[2]));
        var colour = Mix(above, below, Math.Pow(y, 1.3));
        var (sunX, sunY) = (0.28 + (0.15 * score.Number % 0.5), 0.34 + (0.04 * (score.Number % 3)));
        var distance = Math.Sqrt(((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)));
        var ring = Math.Exp(-3.2 * distance) * 0.5 * Edge(Math.Sin((distance * 70) + score.Number));
        colour = Mix(colour, sun, 0.35 * ring);
        colour = Mix(colour, sun, Edge((0.115 - distance) * 300));
        for (var hill = 0; hill < 4; hill++)
        {
            var ridge = 0.6 + (0.1 * hill) + (0.05 * Math.Sin((x * (4 + hill)) + (score.Number * 2.1) + (hill * 1.7)))
                + (0.018 * Math.Sin((x * (13 + (3 * hill))) + (score.Number * 0.7)));
            var shade = Mix(Mix(below, above, 0.35 + (0.2 * hill)), (0, 0, 0), 0.12 * (hill + 1));
            colour = Mix(colour, shade, Edge((y - ridge) * 500));
        }
        return colour;
    }

    // 0 to 1 across about one pixel: no staircases.
    private static double Edge(double value) => Math.Clamp(0.5 + (value / 2), 0, 1);

    private static (double R, double G, double B) Rgb(int colour) => (colour >> 16, (colour >> 8) & 0xFF, colour & 0xFF);

    private static (double R, double G, double B) Mix((double R, double G, double B) a, (double R, double G, double B) b, double share) =>
        (a.R + ((b.R - a.R) * share), a.G + ((b.G - a.G) * share), a.B + ((b.B - a.B) * share));
}
