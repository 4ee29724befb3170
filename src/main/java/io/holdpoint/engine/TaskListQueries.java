package io.holdpoint.engine;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.apache.ibatis.reflection.SystemMetaObject;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.springframework.stereotype.Component;

/**
 * Task lists on PostgreSQL look up the rights on each task by themselves. The engine's own query joins tasks and rights
 * in a way for which PostgreSQL compares each with each: every task of a role has a right of its own, so that 500 tasks
 * cost a tenth of a second and 10,000 more than a minute. What is found is the same.
 */
@Component
class TaskListQueries extends AbstractProcessEnginePlugin {

    private static final Set<String> QUERIES = Set.of("selectTaskByQueryCriteria", "selectTaskCountByQueryCriteria");

    /** Rights that a task, its process or everything has. */
    private static final Pattern JOIN = Pattern.compile(
            "join\\s*\\(\\s*SELECT A\\.\\*\\s+FROM (\\S*ACT_RU_AUTHORIZATION) A(.*?)\\)\\s*"
                    + "AUTH\\s+ON\\s*\\(AUTH\\.RESOURCE_ID_\\s+IN\\s*\\(([^()]*)\\)\\s*\\)",
            Pattern.DOTALL);

    private static final String LOOK_UP = "join lateral (select A.RESOURCE_ID_ from $1 A$2"
            + " and A.RESOURCE_ID_ = any (array[$3]) limit 1) AUTH on true";

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        if (configuration.getDatabaseType().equals(DbSqlSessionFactory.POSTGRES)) {
            configuration.getSqlSessionFactory().getConfiguration().addInterceptor(new LookUp());
        }
    }

    static String rewritten(String sql) {
        return JOIN.matcher(sql).replaceFirst(LOOK_UP);
    }

    @Intercepts(
            @Signature(
                    type = Executor.class,
                    method = "query",
                    args = {MappedStatement.class, Object.class, RowBounds.class, ResultHandler.class}))
    private static final class LookUp implements Interceptor {

        @Override
        public Object intercept(Invocation invocation) throws Throwable {
            var arguments = invocation.getArgs();
            var statement = (MappedStatement) arguments[0];
            if (!QUERIES.contains(statement.getId().substring(statement.getId().lastIndexOf('.') + 1))) {
                return invocation.proceed();
            }
            var executor = (Executor) invocation.getTarget();
            var bounds = (RowBounds) arguments[2];
            var query = statement.getBoundSql(arguments[1]);
            SystemMetaObject.forObject(query).setValue("sql", rewritten(query.getSql()));
            return executor.query(
                    statement,
                    arguments[1],
                    bounds,
                    (ResultHandler<?>) arguments[3],
                    executor.createCacheKey(statement, arguments[1], bounds, query),
                    query);
        }
    }
}
