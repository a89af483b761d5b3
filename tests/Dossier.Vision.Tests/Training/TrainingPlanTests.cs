using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Training;

public sealed class TrainingPlanTests
{
    private static readonly TrainingArguments Seed = new() { OutputDir = "out", PerDeviceTrainBatchSize = 32, NumTrainEpochs = 20, WarmupRatio = 0.1 };

    [Fact]
    public void The_arithmetic_of_a_recorded_training_holds_to_the_last_digit()
    {
        var plan = new TrainingPlan(Seed, 15_411);
        Assert.Equal((482, 9_640, 964, 20), (plan.StepsPerEpoch, plan.MaxSteps, plan.WarmupSteps, plan.Epochs));
        Assert.Equal("1.388888888888889e-05", ParamText.Of(plan.LearningRate(7_230)));
        Assert.Equal(15, plan.EpochAt(7_230));
    }

    [Fact]
    public void The_rate_rises_from_zero_to_its_highest_and_falls_to_zero()
    {
        var plan = new TrainingPlan(Seed, 15_411);
        Assert.Equal(0, plan.LearningRate(0));
        Assert.Equal(2.5e-5, plan.LearningRate(482), 1e-20);
        Assert.Equal(5e-5, plan.LearningRate(964));
        Assert.Equal(0, plan.LearningRate(9_640));
    }

    [Fact]
    public void Half_a_cosine_is_at_half_its_height_in_the_middle()
    {
        var plan = new TrainingPlan(Seed with { LrSchedulerType = LrSchedulerType.Cosine, WarmupRatio = 0, MaxSteps = 100 }, 320);
        Assert.Equal([5e-5, 2.5e-5, 0], [plan.LearningRate(0), Math.Round(plan.LearningRate(50), 12), Math.Round(plan.LearningRate(100), 12)]);
    }

    [Fact]
    public void A_constant_rate_has_no_warm_up_unless_it_is_asked_for()
    {
        Assert.Equal(5e-5, new TrainingPlan(Seed with { LrSchedulerType = LrSchedulerType.Constant }, 320).LearningRate(0));
        var warmed = new TrainingPlan(Seed with { LrSchedulerType = LrSchedulerType.ConstantWithWarmup, WarmupSteps = 10 }, 320);
        Assert.Equal([0, 2.5e-5, 5e-5, 5e-5], [warmed.LearningRate(0), warmed.LearningRate(5), warmed.LearningRate(10), warmed.LearningRate(199)]);
    }

    [Fact]
    public void What_is_left_of_an_epoch_makes_a_step_of_its_own()
    {
        var plan = new TrainingPlan(Seed with { GradientAccumulationSteps = 3, NumTrainEpochs = 2 }, 32 * 7 + 1);
        Assert.Equal((8, 3, 6), (plan.BatchesPerEpoch, plan.StepsPerEpoch, plan.MaxSteps));
        Assert.Equal([(0, 3), (3, 6), (6, 8)], Enumerable.Range(0, 3).Select(plan.BatchesOf));
        Assert.Equal([0.375, 0.75, 1, 1.375], Enumerable.Range(1, 4).Select(step => plan.EpochAt(step)));
    }

    [Fact]
    public void A_batch_that_is_not_full_is_left_out_if_asked()
    {
        Assert.Equal(7, new TrainingPlan(Seed with { DataloaderDropLast = true }, 32 * 7 + 1).BatchesPerEpoch);
        Assert.Contains("dataloader_drop_last", Assert.Throws<VisionException>(() => new TrainingPlan(Seed with { DataloaderDropLast = true }, 31)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fraction_of_epochs_or_a_number_of_steps_ends_within_an_epoch()
    {
        Assert.Equal(25, new TrainingPlan(Seed with { NumTrainEpochs = 2.5 }, 320).MaxSteps);
        var plan = new TrainingPlan(Seed with { MaxSteps = 25 }, 320);
        Assert.Equal((25, 3), (plan.MaxSteps, plan.Epochs));
    }
}
