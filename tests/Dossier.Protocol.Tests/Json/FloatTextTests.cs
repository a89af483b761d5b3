using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Dossier.Protocol.Json;

namespace Dossier.Protocol.Tests.Json;

public sealed partial class FloatTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.388888888888889e-05, "1.388888888888889e-05")]
    [InlineData(1.7913435348529054e+19, "1.7913435348529054e+19")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1e-08, "1e-08")]
    [InlineData(2940.449, "2940.449")]
    [InlineData(-120.0, "-120.0")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void A_float_is_printed_as_Python_prints_it(double value, string expected) => Assert.Equal(expected, FloatText.Format(value));

    [Fact]
    public void A_printed_float_reads_back_as_the_same_value_in_its_shortest_digits() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        var text = FloatText.Format(value);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
        var digits = Digits(text);
        if (digits > 1)
        {
            var shorter = value.ToString("E" + (digits - 2).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.NotEqual(value, double.Parse(shorter, CultureInfo.InvariantCulture));
        }
    }, iter: 5000);

    [Fact]
    public void A_float_has_an_exponent_exactly_when_it_is_below_1e_minus_4_or_from_1e16_on() => Gen.OneOf(Gen.Double, Gen.Double[-1e17, 1e17], Gen.Double[-0.01, 0.01])
        .Where(double.IsFinite)
        .Sample(value =>
        {
            var magnitude = Math.Abs(value);
            var expected = magnitude != 0 && magnitude is < 1e-4 or >= 1e16 ? Scientific() : Positional();
            Assert.Matches(expected, FloatText.Format(value));
        }, iter: 5000);

    private static int Digits(string text) =>
        string.Concat(text.Split('e')[0].Where(char.IsAsciiDigit)).Trim('0').Length;

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,15})\.[0-9]+\z")]
    private static partial Regex Positional();

    [GeneratedRegex(@"^-?[1-9](\.[0-9]*[1-9])?e[+-][0-9]{2,3}\z")]
    private static partial Regex Scientific();
}
