using Tutti.Cli;

return await CommandTree.RunAsync(args, Surroundings.OfThisProcess());
