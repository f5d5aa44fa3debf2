// Prints what Atlantis's own parser makes of a repository's atlantis.yaml under a server's configuration, or what it
// has against them: go run . <repos.yaml> <folder of atlantis.yaml> <repository's id>
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
	"github.com/runatlantis/atlantis/server/logging"
)

// What counts of a project once both files have been put together.
type project struct {
	Name, Dir, Workspace, Workflow, TerraformVersion       string
	ApplyRequirements, ImportRequirements, DependsOn, When []string
	ExecutionOrderGroup                                    int
	PlanSteps, ApplySteps                                  []string
}

func main() {
	projects, err := effective(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(projects); err != nil {
		panic(err)
	}
}

func effective(serverFile, folder, repository string) ([]project, error) {
	parser := &config.ParserValidator{}
	server, err := parser.ParseGlobalCfg(serverFile, valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{}))
	if err != nil {
		return nil, err
	}
	repo, err := parser.ParseRepoCfg(folder, server, repository, "main")
	if err != nil {
		return nil, err
	}
	logger, err := logging.NewStructuredLogger()
	if err != nil {
		return nil, err
	}
	logger.SetLevel(logging.Error)

	var projects []project
	for _, each := range repo.Projects {
		merged := server.MergeProjectCfg(logger, repository, each, repo)
		projects = append(projects, project{
			Name:                merged.Name,
			Dir:                 merged.RepoRelDir,
			Workspace:           merged.Workspace,
			Workflow:            merged.Workflow.Name,
			TerraformVersion:    merged.TerraformVersion.String(),
			ApplyRequirements:   merged.ApplyRequirements,
			ImportRequirements:  merged.ImportRequirements,
			DependsOn:           merged.DependsOn,
			When:                each.Autoplan.WhenModified,
			ExecutionOrderGroup: merged.ExecutionOrderGroup,
			PlanSteps:           commands(merged.Workflow.Plan),
			ApplySteps:          commands(merged.Workflow.Apply),
		})
	}
	return projects, nil
}

func commands(stage valid.Stage) []string {
	var commands []string
	for _, step := range stage.Steps {
		commands = append(commands, step.StepName+" "+step.EnvVarName+step.EnvVarValue+step.RunCommand)
	}
	return commands
}
