namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// What of a kernel meets the pixels r, r + s, r + 2s, … of one direction of an image, with s the stride. Output i lies at i s − t, with t the padding, so
/// element p of the kernel carries pixel r + m s to output i with
/// <code>
/// i s = r + m s + t − p d
/// </code>
/// where d is the dilation. If that has a solution for p, so it has for p + s / gcd(s, d), with i smaller by d / gcd(s, d).
/// </summary>
/// <param name="Residue">r.</param>
/// <param name="Pixels">How many such pixels there are.</param>
/// <param name="First">The smallest p.</param>
/// <param name="Step">From one p to the next.</param>
/// <param name="Count">How many p there are.</param>
/// <param name="Shift">The output i of the first p and of pixel r; it may lie outside of the output image.</param>
/// <param name="Move">From the i of one p to that of the next.</param>
internal readonly record struct Taps(int Residue, int Pixels, int First, int Step, int Count, int Shift, int Move)
{
    public static Taps Of(int residue, int length, int kernel, int stride, int dilation, int padding)
    {
        int pixels = (length - residue + stride - 1) / stride;
        int divisor = GreatestCommonDivisor(stride, dilation);
        int step = stride / divisor;
        for (int p = 0; p < step && p < kernel; p++)
        {
            int scaled = residue + padding - (p * dilation);
            if (scaled % stride == 0)
                return new(residue, pixels, p, step, (kernel - p + step - 1) / step, scaled / stride, -(dilation / divisor));
        }

        return new(residue, pixels, 0, 1, 0, 0, 0);
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
